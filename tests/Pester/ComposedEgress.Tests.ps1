BeforeDiscovery {
    . $PSScriptRoot/Support.ps1
    $obstacle = Get-Obstacle
}

Describe "Composed egress$obstacle" -Skip:($obstacle -ne '') {
    BeforeAll {
        . $PSScriptRoot/Support.ps1
        . $PSScriptRoot/Node.ps1
        $examples = Convert-Path "$PSScriptRoot/../../examples"
        $node = Start-Node -Off

        # All of the node and a container, without the numbers that the kernel hands out and the container's drawn name,
        # once every address has settled.
        function Get-Plain {
            for ($i = 0; $i -lt 100; $i++) {
                if (-not ($node.Name, $ns | ForEach-Object { Invoke-Ip -n $_ -6 -o address show tentative })) {
                    break
                }

                Start-Sleep -Milliseconds 50
            }

            $text = foreach ($name in $node.Name, $ns) {
                'link show', 'address show', 'route show table all', 'rule show' | Invoke-Ip -n $name -d -o -batch -
                Invoke-Ip -n $name -6 rule show
            }

            if (Test-Program nft) {
                $text += Invoke-Nft -s list ruleset
            }

            $text += ip netns exec $node.Name sh -c 'grep -r . /proc/sys/net/ipv4/ip_forward /proc/sys/net/ipv6/conf/all/forwarding /proc/sys/net/ipv*/conf/veth* 2>&1'
            $text += ip netns exec $ns sh -c 'grep -r . /proc/sys/net/ipv*/conf/eg0 2>&1'
            # The node's own pair has drawn addresses. New-NetIPAddress makes no address deprecated.
            ($text | Where-Object { $_ -notlike 'Error: Peer netns*' -and $_ -notmatch '^\d+: v[01]@.* link/ether ' }) -join "`n" -replace $ns, 'CONTAINER' -replace $node.Name, 'NODE' `
                -replace '(?m)^\d+: ', '' -replace ' deprecated' -replace 'preferred_lft \w+' -replace '@if\d+', '' -replace '@\w+(?=:)', '' -replace ' link-netns(id)? \S+', '' -replace ' table \d+', ''
        }
    }

    AfterAll {
        Stop-Node $node
    }

    BeforeEach {
        $ns = Get-FreshNamespace
    }

    AfterEach {
        Invoke-Node { Get-ContainerEgress | Remove-ContainerEgress }
        Set-Forwarding $node 0
        Remove-IfThere $ns
    }

    It 'equals that of New-ContainerEgress byte for byte: <_>' -ForEach 'ipam.json', 'ipam-dual.json' {
        $file = "$examples/$_"
        $states = foreach ($composed in $true, $false) {
            Invoke-Node {
                $more = @{ MacAddress = '02:00:5e:10:00:01'; HostMacAddress = '02:00:5e:10:00:02'; Mtu = 9001; Network = 'pods' }
                if ($using:composed) {
                    & $using:examples/New-ContainerEgress.ps1 c1 $using:ns $using:file @more
                }
                else {
                    ConvertFrom-CniResult -Path $using:file | New-ContainerEgress c1 $using:ns @more
                }
            } | Should -BeExactly 'pods/c1/eg0'
            Get-Plain
            Invoke-Node { Remove-ContainerEgress c1 }
            Invoke-Node { Get-EgressNat } | Should -BeNullOrEmpty
            Set-Forwarding $node 0
            Remove-IfThere $ns
            $ns = Get-FreshNamespace
        }

        $states[0] | Should -BeLike '*169.254.172.5*'
        Assert-Same $states[1] $states[0]
        $states[0] | Should -BeExactly $states[1]
    }

    It 'reaches the gateways, and is known but undeclared' {
        $null = Invoke-Node { & $using:examples/New-ContainerEgress.ps1 c1 $using:ns $using:examples/ipam-dual.json }
        Invoke-Node { "$((Test-ContainerEgress).Findings.Kind)" } | Should -BeExactly 'Declaration'
        foreach ($gateway in '169.254.172.1', 'fd00::ac:1') {
            Get-PingResult $ns $gateway 2 | Should -Be 0
        }
    }

    It 'leaves nothing where its <What> fails' -ForEach @(
        @{ What = 'pair'; Obstacle = 'link add eg0 type veth peer name other' }
        @{ What = 'address'; Obstacle = 'link add x0 type veth peer name x1', 'link set x0 up', 'route add 169.254.172.1/32 dev x0' }
    ) {
        foreach ($one in $Obstacle) {
            $words = $one.Split(' ')
            Invoke-Ip -n $ns @words
        }

        $before = Get-NodeDump $ns
        $trial = Get-NodeJob { & $using:examples/New-ContainerEgress.ps1 c1 $using:ns $using:examples/ipam-dual.json }
        $trial.Output | Should -HaveCount 0
        "$($trial.JobStateInfo.Reason.ErrorRecord.FullyQualifiedErrorId)" | Should -BeLike '*AlreadyExists,EgressNet.Commands.*'
        Assert-Same $before (Get-NodeDump $ns)
    }

    It 'leaves nothing where the NAT is somebody else''s' {
        $other = Get-FreshNamespace
        try {
            $null = Invoke-Node { New-ContainerEgress other $using:other 169.254.172.5/22 -Gateway 169.254.172.9 }
            Invoke-Ip -n $node.Name route del 169.254.172.5/32
            $before = Get-NodeDump $ns, $other
            { Invoke-Node { & $using:examples/New-ContainerEgress.ps1 c1 $using:ns $using:examples/ipam-dual.json } } |
                Should -Throw -ErrorId 'AddressInUse,EgressNet.Commands.NewEgressNatCommand'
            Assert-Same $before (Get-NodeDump $ns, $other)
        }
        finally {
            Remove-IfThere $other
        }
    }

    It 'makes nothing with -WhatIf' {
        $before = Get-NodeDump $ns
        Invoke-Node { Get-WhatIf { & $using:examples/New-ContainerEgress.ps1 c1 $using:ns $using:examples/ipam-dual.json -WhatIf } } |
            Should -BeLike 'What if: *Create veth pair*'
        Assert-Same $before (Get-NodeDump $ns)
    }
}
