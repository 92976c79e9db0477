BeforeDiscovery {
    . $PSScriptRoot/Support.ps1
    . $PSScriptRoot/Node.ps1
    $obstacle = Get-NodeObstacle $PSScriptRoot
}

Describe "Composed egress$obstacle" -Skip:($obstacle -ne '') {
    BeforeAll {
        . $PSScriptRoot/Support.ps1
        . $PSScriptRoot/Node.ps1
        $examples = [System.IO.Path]::GetFullPath("$PSScriptRoot/../../examples")

        # All of a node and its container, without the numbers that the kernel hands out and the container's drawn name,
        # once every address has settled.
        function Get-Plain {
            for ($i = 0; $i -lt 100; $i++) {
                $text = foreach ($name in $node.Name, $ns) {
                    foreach ($query in '-d -o link show', '-d -o -4 address show', '-d -o -6 address show', '-d -4 route show table all', '-d -6 route show table all', '-4 rule show', '-6 rule show') {
                        "== $query"
                        $words = $query.Split(' ')
                        Invoke-Ip -n $name @words
                    }
                }

                if (($text -join '') -notlike '* tentative*') {
                    break
                }

                [System.Threading.Thread]::Sleep(50)
            }

            $text += Get-NftText
            $text += ip netns exec $node.Name sh -c 'grep -r . /proc/sys/net/ipv4/ip_forward /proc/sys/net/ipv6/conf/all/forwarding /proc/sys/net/ipv*/conf/veth* 2>&1'
            $text += ip netns exec $ns sh -c 'grep -r . /proc/sys/net/ipv*/conf/eg0 2>&1'
            # The node's own pair has drawn addresses.
            ($text | Where-Object { $_ -notlike 'Error: Peer netns*' -and $_ -notmatch '^\d+: v[01]@.* link/ether ' }) -join "`n" -replace $ns, 'CONTAINER' -replace $node.Name, 'NODE' `
                -replace '(?m)^\d+: ', '' -replace '@if\d+', '' -replace '@\w+(?=:)', '' -replace ' link-netns(id)? \S+', '' -replace ' table \d+', ''
        }
    }

    BeforeEach {
        $ns = Get-FreshNamespace
    }

    AfterEach {
        Stop-Node $node
        Remove-IfThere $ns
    }

    It 'is the same, byte for byte, as what New-ContainerEgress makes: <File>' -ForEach @(
        @{ File = 'ipam.json' }
        @{ File = 'ipam-dual.json' }
    ) {
        $more = '-MacAddress 02:00:5e:10:00:01 -HostMacAddress 02:00:5e:10:00:02 -Mtu 9001 -Network pods'
        $states = foreach ($text in "& $examples/New-ContainerEgress.ps1 c1 {0} $examples/$File $more",
            "ConvertFrom-CniResult -Path $examples/$File | New-ContainerEgress c1 {0} $more") {
            if ($node) {
                Stop-Node $node
                Remove-IfThere $ns
                $ns = Get-FreshNamespace
            }

            $node = Start-Node $PSScriptRoot -Off
            $fresh = Get-NodeDump $ns
            "$(Invoke-Node ($text -f $ns))" | Should -BeExactly 'pods/c1/eg0'
            Get-Plain
            Invoke-Node 'Remove-ContainerEgress c1'
            Get-NftText | Should -BeNullOrEmpty
            $fresh | Should -Not -BeNullOrEmpty
        }

        $states[0] | Should -BeLike '*169.254.172.5*'
        Assert-Same $states[1] $states[0]
        $states[0] | Should -BeExactly $states[1]
    }

    It 'reaches the gateways, and is known but undeclared' {
        $node = Start-Node $PSScriptRoot
        $null = Invoke-Node "& $examples/New-ContainerEgress.ps1 c1 $ns $examples/ipam-dual.json"
        foreach ($gateway in '169.254.172.1', 'fd00::ac:1') {
            $text = ip netns exec $ns ping -c 1 -W 2 $gateway 2>&1
            $LASTEXITCODE | Should -Be 0 -Because "$text"
        }

        "$((Invoke-Node 'Test-ContainerEgress').Findings | ForEach-Object { $_.Kind })" | Should -BeExactly 'Declaration'
    }

    It 'leaves nothing where its <What> fails' -ForEach @(
        @{ What = 'pair'; Obstacle = 'link add eg0 type veth peer name other' }
        @{ What = 'address'; Obstacle = 'link add x0 type veth peer name x1', 'link set x0 up', 'route add 169.254.172.1/32 dev x0' }
    ) {
        $node = Start-Node $PSScriptRoot -Off
        foreach ($one in $Obstacle) {
            $words = $one.Split(' ')
            Invoke-Ip -n $ns @words
        }

        $before = Get-NodeDump $ns
        $trial = Get-NodeTrial "& $examples/New-ContainerEgress.ps1 c1 $ns $examples/ipam-dual.json"
        $trial.Output | Should -HaveCount 0
        $trial.Errors[0].Id | Should -BeLike '*AlreadyExists,EgressNet.Commands.*'
        Assert-Same $before (Get-NodeDump $ns)
    }

    It 'leaves nothing where the NAT is somebody else''s' {
        $node = Start-Node $PSScriptRoot -Off
        $other = Get-FreshNamespace
        try {
            $null = Invoke-Node "New-ContainerEgress other $other 169.254.172.5/22 -Gateway 169.254.172.9"
            Invoke-Ip -n $node.Name route del 169.254.172.5/32
            $before = Get-NodeDump $ns, $other
            $trial = Get-NodeTrial "& $examples/New-ContainerEgress.ps1 c1 $ns $examples/ipam-dual.json"
            $trial.Errors[0].Id | Should -BeExactly 'AddressInUse,EgressNet.Commands.NewEgressNatCommand'
            Assert-Same $before (Get-NodeDump $ns, $other)
        }
        finally {
            Remove-IfThere $other
        }
    }

    It 'makes nothing with -WhatIf' {
        $node = Start-Node $PSScriptRoot -Off
        $before = Get-NodeDump $ns
        $trial = Get-NodeTrial "& $examples/New-ContainerEgress.ps1 c1 $ns $examples/ipam-dual.json -WhatIf"
        "$($trial.Errors.Count) $($trial.Output.Count) $($trial.Lines.Count)" | Should -BeExactly '0 0 1'
        Assert-Same $before (Get-NodeDump $ns)
    }
}
