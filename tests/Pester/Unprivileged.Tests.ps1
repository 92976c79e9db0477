BeforeDiscovery {
    . $PSScriptRoot/Support.ps1
    $obstacle = Get-Obstacle
    if ($obstacle) { }
    elseif (-not (Get-Command -Name setpriv -CommandType Application -ErrorAction Ignore)) {
        $obstacle = ' (needs the setpriv program)'
    }
    elseif ([System.Environment]::UserName -ne 'root') {
        $obstacle = ' (needs root, to leave it)'
    }
    elseif ((Get-Item /proc/self/ns/user).LinkTarget -ne 'user:[4026531837]') {
        $obstacle = ' (needs a user namespace that has uid 65534)'
    }

    # Everything here is the caller's own namespace: another one cannot be entered without privilege.
    $writes = @(
        @{ Command = 'New-NetNamespace'; Script = { New-NetNamespace $name @how } }
        @{ Command = 'Remove-NetNamespace'; Script = { Remove-NetNamespace $ns @how }; Only = $true }
        @{ Command = 'New-EgressVeth'; Script = { New-EgressVeth $name $ns @how } }
        @{ Command = 'New-NetIPAddress'; Script = { New-NetIPAddress 203.0.113.5/32 -InterfaceAlias lo @how } }
        @{ Command = 'Remove-NetIPAddress'; Script = { Remove-NetIPAddress 127.0.0.1 -InterfaceAlias lo @how }; Only = $true }
        @{ Command = 'New-NetRoute'; Script = { New-NetRoute 203.0.113.0/24 -InterfaceAlias lo -RouteTable 300 @how } }
        @{ Command = 'Set-PointToPointGateway'; Script = { Set-PointToPointGateway 127.0.0.1/8 192.0.2.9 -InterfaceAlias lo @how } }
        @{ Command = 'New-EgressNat'; Script = { New-EgressNat 10.1.0.5 c1 @how } }
        @{ Command = 'New-ContainerEgress'; Script = { New-ContainerEgress c1 $ns 10.1.0.5/24 -Gateway 10.1.0.1 @how } }
    )
}

Describe "Without any privilege$obstacle" -Skip:($obstacle -ne '') {
    BeforeAll {
        . $PSScriptRoot/Support.ps1
        . $PSScriptRoot/Node.ps1
        $ns = Get-FreshNamespace -Link -Address '192.0.2.5/24'
        $name = Get-NewName 'egn'
        # Nobody, who may read the folders of root's that pwsh and the module may be in, and that is all.
        $node = New-ProcessSession setpriv, --reuid=65534, --regid=65534, --clear-groups,
            '--bounding-set=-all,+dac_read_search', '--inh-caps=-all,+dac_read_search', --ambient-caps=+dac_read_search,
            env, HOME=/tmp nobody
        Invoke-Node { $ns = $using:ns; $name = $using:name }
        $before = Get-Dump $ns
    }

    AfterAll {
        Remove-ProcessSession $node
        Remove-IfThere $ns, $name
    }

    AfterEach {
        Assert-Same $before (Get-Dump $ns)
        "/run/netns/$name" | Should -Not -Exist
    }

    It 'routes, addresses, adapters and namespaces are listed' {
        Invoke-Node {
            (Get-NetAdapter lo).Name
            "$((Get-NetIPAddress 127.0.0.1).IPAddress)"
            $null = Get-NetRoute
            (Get-NetNamespace "$ns*").Name
        } | Should -BeExactly 'lo', '127.0.0.1', $ns
    }

    It '<Command> -WhatIf says what it would do' -ForEach $writes {
        Invoke-Node { $how = @{ WhatIf = $true } }
        $lines = @(Invoke-Node { $script = [scriptblock]::Create($using:Script); Get-WhatIf $script })
        $lines | Should -BeLike 'What if: *'
        if ($Command -eq 'New-ContainerEgress') {
            $lines -like 'What if: add route 10.1.0.5/32 dev *' | Should -HaveCount 1
        }
        else {
            $lines | Should -HaveCount 1
        }
    }

    It '<Command> says that it takes CAP_NET_ADMIN' -ForEach ($writes | Where-Object { -not $_.Only }) {
        Invoke-Node { $how = @{} }
        $fault = Assert-NodeFault $Script NetAdminRequired PermissionDenied
        $fault.CategoryInfo.Activity | Should -BeExactly $Command
    }

    It 'a namespace that may not be entered is refused' {
        $fault = Assert-NodeFault { Get-NetAdapter -NetNamespace $ns } NetAdminRequired PermissionDenied
        "$fault" | Should -BeLike "*$ns*"
    }
}
