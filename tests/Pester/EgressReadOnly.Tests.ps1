BeforeDiscovery {
    . $PSScriptRoot/Support.ps1
    $obstacle = Get-Obstacle
}

Describe "Egress where /proc/sys is read-only$obstacle" -Skip:($obstacle -ne '') {
    BeforeAll {
        . $PSScriptRoot/Support.ps1
        . $PSScriptRoot/Node.ps1

        # A node as a container without privileges on /proc/sys is one.
        function Start-ReadOnlyNode([int] $Forwarding) {
            $name = Get-FreshNamespace
            $script = 'sysctl -qw net.ipv4.ip_forward=$0 net.ipv6.conf.all.forwarding=$0 && mount --bind /proc/sys /proc/sys && mount -o remount,ro,bind /proc/sys && exec "$@"'
            New-ProcessSession ip, netns, exec, $name, unshare, -m, sh, -c, $script, $Forwarding $name
        }
    }

    BeforeEach {
        $ns = Get-FreshNamespace
    }

    AfterEach {
        Stop-Node $node
        Remove-IfThere $ns
    }

    It 'is made with a warning per setting left out, not a finding' {
        $node = Start-ReadOnlyNode 1
        $before = Get-NodeDump $ns
        $made = Get-NodeJob { New-ContainerEgress c1 $using:ns 10.9.0.5/24, fd00:9::5/64 -Gateway 10.9.0.1, fd00:9::1 }
        $made.Error | Should -BeNullOrEmpty
        $made.Warning | Should -HaveCount 3
        $made.Warning | Should -BeLike 'net.ipv6.conf.*.accept_* cannot be set here, since /proc/sys is read-only: *'

        $test = Invoke-Node { Test-ContainerEgress c1 }
        $test.InDesiredState | Should -BeTrue
        $test.Findings | Should -BeNullOrEmpty
        $again = Get-NodeJob { Repair-ContainerEgress c1 -Verbose; Remove-ContainerEgress c1 }
        $again.Error + $again.Warning | Should -BeNullOrEmpty
        $again.Verbose | Should -BeLike '*is in the desired state.'
        Get-NodeDump $ns | Should -Be $before
    }

    It 'is a single error without changes where forwarding is off' {
        $node = Start-ReadOnlyNode 0
        $before = Get-NodeDump $ns
        $fault = Assert-NodeFault { New-ContainerEgress c1 $using:ns 10.9.0.5/24 -Gateway 10.9.0.1 } NetAdminRequired PermissionDenied
        "$fault" | Should -BeLike '*Read-only file system (/proc/sys/net/ipv4/ip_forward)*'
        Get-NodeDump $ns | Should -Be $before
        Invoke-Node { Get-ContainerEgress } | Should -BeNullOrEmpty
    }
}
